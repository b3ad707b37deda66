/// <reference types="vite/client" />

/** The sample widget, zipped by the build. */
declare module 'virtual:sample.zip' {
  const address: string;
  export default address;
}

interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
