/** Work that can wait until the page has nothing else to do. */

export const whenIdle: (work: () => void) => void = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500));
