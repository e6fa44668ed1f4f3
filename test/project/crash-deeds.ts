/** What a worker that is going to be killed says it has done; `first`, `step` and `n` name what it did it with. */
type With<Did extends string, What> = { readonly did: Did } & Readonly<What>

export type Deed =
  | With<'import', { first: number; count: number }>
  | With<'cancel', { first: number; count: number }>
  | With<'checkpoint', { step: number }>
  | With<'map', { n: number }>
  | With<'variant', { n: number }>
  | With<'setting', { n: number }>
  | With<'rate', { n: number }>
  | With<'metric', { n: number }>
  | With<'latents', { n: number }>
