/** The net that training and decoding are timed with, the same for Varia and for PyTorch. */
export const net = {
  size: 64,
  channels: 1 as const,
  widths: [32, 64, 128, 256],
  dense: 256,
  latent: 32,
  batch: 64,
  threads: 2,
}
