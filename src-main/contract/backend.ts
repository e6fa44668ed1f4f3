/** Where tensors live, and what is known about it on this machine. */
import { z } from 'zod'

export const backendNames = ['tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'] as const
export const backendName = z.enum(backendNames)
export type BackendName = z.infer<typeof backendName>

/** One line of `varia doctor`. */
export const backendReport = z.object({
  name: backendName,
  title: z.string(),
  works: z.boolean(),
  /** Its version and device when it works; why it doesn't otherwise. */
  detail: z.string(),
  /** What its user gains by doing what, when it doesn't work; empty otherwise. */
  remedy: z.string(),
  /** GFLOP/s of a 1024x1024x1024 matmul; null when not measured. */
  gflops: z.number().nullable(),
  /** Pictures a second of training the standard net: 64x64x1, batch 64; null when not measured. */
  trainingRate: z.number().nullable(),
  /** Bytes the process grew by while doing so; null when not measured. */
  memory: z.number().nullable(),
})
export type BackendReport = z.infer<typeof backendReport>

/** What computes right now; shown in the window's device badge. */
export const deviceStatus = z.object({
  backend: backendName,
  title: z.string(),
  /** Chosen by hand rather than because it is the best that works. */
  chosen: z.boolean(),
  /** Live tensors, for leaks. */
  tensors: z.int().nonnegative(),
  /** Resident bytes of the engine. */
  memory: z.number().nonnegative(),
})
export type DeviceStatus = z.infer<typeof deviceStatus>
