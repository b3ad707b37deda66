/** What the page and its worker say to each other. */
import type { Options, RuleId, RuleInfo, Step as StepName } from 'kommo-preflight';
import type { FolderFile } from '../intake.ts';

export type Input = { kind: 'archive'; name: string; blob: Blob } | { kind: 'folder'; name: string; files: FolderFile[] };

export type Call =
  | { do: 'rules' }
  | { do: 'open'; input: Input; options: Options }
  | { do: 'check' }
  | { do: 'render'; format: 'markdown' | 'html' }
  | { do: 'text'; path: string }
  | { do: 'bytes'; path: string }
  | { do: 'preview'; path: string };

export interface Answers {
  rules: RuleInfo[];
  open: null;
  /** The report's JSON. */
  check: Uint8Array;
  render: string;
  text: string | null;
  bytes: Uint8Array | null;
  preview: Blob | null;
}

/** The first message a worker gets: the compiled engine. */
export interface Start { module: WebAssembly.Module }

export interface Request { id: number; call: Call }

/** What the engine is doing, and on which file or by which rule. */
export interface Step { step: StepName; path: string | null; rule: RuleId | null }

export type Reply =
  | { id: number; kind: 'answer'; value: Answers[Call['do']] }
  /** A sentence of the engine: the input is no archive, the path is unknown. The worker is well. */
  | { id: number; kind: 'refusal'; message: string }
  | { id: number; kind: 'step'; step: Step }
  /** A trap or a panic: the instance cannot be trusted any more. */
  | { id: number; kind: 'trap'; message: string };
