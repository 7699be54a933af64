/** The order of a list. */
export interface Sort {
  /** Id of the column. */
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a list shows, and in which order. */
export interface RowQuery {
  readonly filter: string;
  readonly sort: Sort | null;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** Rows that match the filter. */
  readonly total: number;
  /** Rows there are without the filter; null when nobody counted. */
  readonly totalOfAll: number | null;
  /** The total is an estimate; a later page may correct it. */
  readonly isEstimate?: boolean;
}

/** A row whose place is known, from which a keyset query can go on. */
export interface KnownRow<Row> {
  readonly offset: number;
  readonly row: Row;
}

/** Where a table gets its rows. It asks for what is seen and a little around it, never for all. */
export interface RowSource<Row> {
  /** Rows `offset` to `offset + limit`; `near` is the closest row that is known, if one is. */
  load(query: RowQuery, offset: number, limit: number, near: KnownRow<Row> | null): Promise<RowPage<Row>>;
  /** Ids of a part of the list, for marking many rows at once. */
  ids(query: RowQuery, offset: number, limit: number): Promise<readonly string[]>;
  /**
   * Where a row is now that was at `near`, so that the cursor stays on it after a refresh; null when it is gone
   * or too far away to be looked for.
   */
  locate?(query: RowQuery, id: string, near: number): Promise<number | null>;
}
