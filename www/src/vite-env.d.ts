/// <reference types="vite/client" />

/** The sample widget, zipped by the build. */
declare module 'virtual:sample.zip' {
  const address: string;
  export default address;
}

/** Files that the operating system opens with the installed page. */
interface Window {
  launchQueue?: { setConsumer(consumer: (launch: { files: FileSystemFileHandle[] }) => void): void };
}

interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
