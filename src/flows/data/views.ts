/** Sheets as rows, for whoever above knows what their columns are. It reads no table. */
export { readRows } from './reader.ts';
export { columnName, type GridOutcome } from './sheets/grid.ts';
export { mediaTypeOf, type SheetFormat, type Table, writeTable } from './sheets/write-sheet.ts';
