import { afterEach, beforeEach, vi } from 'vitest'
import { unreachable } from './support/server'

// No test reaches the network: one that wants an answer says with `serve` what it is.
beforeEach(unreachable)

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})
