/** Recipes as a designer chooses them: what each is good for, in a few words. */
import type { Recipe, RecipeName } from '../../src-main/contract/recipe'

export interface Preset {
  readonly id: string
  readonly title: string
  readonly text: string
  /** The field's term, for those who know it. */
  readonly term: string
  /** The named recipe it asks for, and what it changes in it. */
  readonly recipe: RecipeName
  readonly change?: (recipe: Recipe) => Recipe
}

export const presets: readonly Preset[] = [
  {
    id: 'balanced',
    title: 'Balanced',
    text: 'Every choice made for your designs, with the reason.',
    term: 'auto',
    recipe: 'auto',
  },
  {
    id: 'quick',
    title: 'Quick look',
    text: 'A first impression in two minutes.',
    term: 'auto, two minutes',
    recipe: 'auto',
    change: (recipe) => ({ ...recipe, length: { epochs: null, minutes: 2, steps: null } }),
  },
  {
    id: 'classic',
    title: 'Classic',
    text: 'The plain recipe of the field: a smooth space, slightly soft pictures.',
    term: 'Variational autoencoder',
    recipe: 'vae',
  },
  {
    id: 'disentangled',
    title: 'Disentangled',
    text: 'One slider, one trait; details are given up for it.',
    term: 'β-VAE',
    recipe: 'beta-vae',
  },
  {
    id: 'faithful',
    title: 'Faithful',
    text: 'The closest copies of your designs; what lies between them is less sure.',
    term: 'Autoencoder, without the KL',
    recipe: 'autoencoder',
  },
  {
    id: 'robust',
    title: 'Robust',
    text: 'Learns shapes rather than grain, from noisy or scanned pictures.',
    term: 'Denoising autoencoder',
    recipe: 'denoising',
  },
]
