import { Model, snakeCaseMappers } from 'objection';

/**
 * Columns are declared (`declare id: string`), never defined: a defined field would overwrite what the database gave.
 * Rows come and go in camelCase; where a query names a column (where, findOne, orderBy), it names it as the database does.
 * The database is passed to every query; no model is bound to one.
 */
export class BaseModel extends Model {
  /** `first` and `findOne` fetch one row, not all of which the first is taken. */
  static override readonly useLimitInFirst = true;

  static override get columnNameMappers() {
    return snakeCaseMappers();
  }
}
