/** Runs: what was trained, with which recipe and seed, and how far it got. */
import { z } from 'zod'
import { backendName } from '../contract/backend'
import { type Recipe, recipe, recipeReason } from '../contract/recipe'
import { diagnosis, type RunId, type RunInfo, runState } from '../contract/run'
import { type Checkpoints } from './checkpoints'
import { type Database, numberOf, type Row, textOf, textOrNull, type Value } from './database'
import { jsonOf, jsonOrNull } from './json-column'
import { type Metrics } from './metrics'
import { projectDamaged, runMissing } from './project-errors'

/** What a new run is made of; it starts `waiting`, named after its number unless `name` says otherwise. */
export type NewRun = Pick<
  RunInfo,
  'recipe' | 'reasons' | 'seed' | 'backend' | 'versions' | 'dataHash' | 'parameters'
> & {
  readonly name?: string | undefined
}

/** What can change of a run. `facts` are merged into those that are there. */
export type RunChange = Partial<
  Pick<
    RunInfo,
    | 'name'
    | 'state'
    | 'recipe'
    | 'backend'
    | 'versions'
    | 'parameters'
    | 'seconds'
    | 'step'
    | 'epoch'
    | 'diagnosis'
    | 'failure'
    | 'dataHash'
  >
> & { readonly facts?: Record<string, unknown> }

const columns: Record<Exclude<keyof RunChange, 'facts'>, string> = {
  name: 'name',
  state: 'state',
  recipe: 'recipe',
  backend: 'backend',
  versions: 'versions',
  parameters: 'parameters',
  seconds: 'seconds',
  step: 'step',
  epoch: 'epoch',
  diagnosis: 'diagnosis',
  failure: 'failure',
  dataHash: 'data_hash',
}

export class Runs {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly checkpoints: Checkpoints,
    private readonly now: () => number,
  ) {}

  create(made: NewRun): RunInfo {
    return this.database.transaction(() => {
      const { id } = this.database.run(
        `INSERT INTO run (name, state, recipe, reasons, seed, backend, versions, data_hash, parameters, created_at)
         VALUES ('', 'waiting', ?, ?, ?, ?, ?, ?, ?, ?)`,
        JSON.stringify(made.recipe),
        JSON.stringify(made.reasons),
        made.seed,
        made.backend,
        JSON.stringify(made.versions),
        made.dataHash,
        made.parameters,
        this.now(),
      )
      return this.update(id, { name: made.name ?? `Run ${id}` })
    })
  }

  /** @throws VariaError run-missing */
  get(id: RunId): RunInfo {
    const row = this.database.get('SELECT * FROM run WHERE id = ?', id)
    if (row === undefined) throw runMissing(id)
    return this.infoOf(row)
  }

  /** All runs, the newest first. */
  list(): RunInfo[] {
    return this.database.all('SELECT * FROM run ORDER BY id DESC').map((row) => this.infoOf(row))
  }

  /** @throws VariaError run-missing */
  update(id: RunId, change: RunChange): RunInfo {
    return this.database.transaction(() => {
      const { facts, ...rest } = change
      if (facts !== undefined) {
        this.database.run('UPDATE run SET facts = ? WHERE id = ?', JSON.stringify({ ...this.facts(id), ...facts }), id)
      }
      for (const [field, value] of Object.entries(rest)) {
        if (value === undefined) continue
        const column = columns[field as keyof typeof columns]
        const stored: Value = value !== null && typeof value === 'object' ? JSON.stringify(value) : value
        this.database.run(`UPDATE run SET ${column} = ? WHERE id = ?`, stored, id)
      }
      return this.get(id)
    })
  }

  /** What training noted to go on as if never interrupted, such as the schedule's length it settled on. */
  facts(id: RunId): Record<string, unknown> {
    const row = this.database.get('SELECT facts FROM run WHERE id = ?', id)
    if (row === undefined) throw runMissing(id)
    return jsonOf(row, 'facts', z.record(z.string(), z.unknown()))
  }

  /** Runs that were training when their process ended are interrupted now. Called when a project is opened for writing. */
  interrupt(): void {
    this.database.run("UPDATE run SET state = 'interrupted' WHERE state IN ('training', 'waiting')")
  }

  /** The recipe of a run, as it is in its row. */
  recipe(id: RunId): Recipe {
    return this.get(id).recipe
  }

  private infoOf(row: Row): RunInfo {
    const id = numberOf(row, 'id')
    const made = jsonOf(row, 'recipe', recipe)
    return {
      id,
      name: textOf(row, 'name'),
      state: enumOf(row, 'state', runState),
      recipe: made,
      reasons: jsonOf(row, 'reasons', z.array(recipeReason)),
      seed: numberOf(row, 'seed'),
      backend: enumOf(row, 'backend', backendName),
      versions: jsonOf(row, 'versions', z.record(z.string(), z.string())),
      dataHash: textOf(row, 'data_hash'),
      parameters: numberOf(row, 'parameters'),
      createdAt: numberOf(row, 'created_at'),
      seconds: numberOf(row, 'seconds'),
      step: numberOf(row, 'step'),
      epoch: numberOf(row, 'epoch'),
      latest: this.metrics.latest(id, 'train'),
      validation: this.metrics.latest(id, 'validation'),
      checkpoint: (made.keepBest ? this.checkpoints.best(id) : null) ?? this.checkpoints.latest(id),
      diagnosis: jsonOrNull(row, 'diagnosis', diagnosis),
      failure: textOrNull(row, 'failure'),
    }
  }
}

function enumOf<Schema extends z.ZodType>(row: Row, column: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(row[column])
  if (!parsed.success) throw projectDamaged('project.db', `column ${column} holds something unknown`, parsed.error)
  return parsed.data
}
