import { beforeEach, vi } from 'vitest'
import { fakePhone } from './support/phone'

// A phone without WeChat: storage in memory, photographs as names, and calls answered by what a test says.
vi.mock('@/platform', async () => ({ platform: (await import('./support/phone')).fakePhone.platform }))
vi.stubGlobal('uni', fakePhone.uni)
beforeEach(() => fakePhone.reset())
