/**
 * `npm run setup:native`: makes `@tensorflow/tfjs-node` compute here. Its own installation where its downloads can be
 * reached; otherwise its binding is compiled from its sources against the TensorFlow library in PyPI's wheel. Without
 * either Varia computes in WebAssembly, so nothing here fails the set-up: it says what would be gained and ends with 0.
 */
import { existsSync } from 'node:fs'
import { buildProduct, cachedProduct } from './native/product.mjs'
import { placeProduct, removeNative } from './native/place.mjs'
import { installStock } from './native/stock.mjs'
import { packageFolder } from './native/tfjs-node.mjs'
import { onInterrupt, removeTemporaries } from './native/temporary.mjs'
import { verifyBinding } from './native/verify.mjs'
import { say } from './say.mjs'

async function usable(how) {
  const found = await verifyBinding(packageFolder)
  if (found.works) {
    say(`TensorFlow ${found.tensorflow} computes here${how}.`)
    return true
  }
  return false
}

async function setUpNative() {
  if (!existsSync(packageFolder)) {
    say('@tensorflow/tfjs-node is not installed, so Varia computes in WebAssembly. `npm ci` brings it.')
    return
  }
  if (await usable('')) return
  const cached = cachedProduct()
  if (cached !== null) {
    placeProduct(cached)
    if (await usable(', from an earlier build')) return
    removeNative()
  }
  if (await installStock()) {
    if (await usable(', as its package installs it')) return
    removeNative()
  }
  const built = await buildProduct()
  if (built.product === null) {
    say(`TensorFlow could not be set up: ${built.reason}`)
    say('  Varia computes in WebAssembly instead, about ten times slower in training.')
    say(`  ${built.remedy} Then run: npm run setup:native`)
    return
  }
  placeProduct(built.product)
  if (await usable(', compiled here')) return
  removeNative()
  say('TensorFlow was compiled but does not load here: Varia computes in WebAssembly instead.')
}

onInterrupt()
removeTemporaries()
try {
  await setUpNative()
} catch (error) {
  say(`TensorFlow could not be set up: ${error.message}`)
  say('  Varia computes in WebAssembly instead. Nothing was left half-made; to try again: npm run setup:native')
} finally {
  removeTemporaries()
}
