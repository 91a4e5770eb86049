import type { Platform } from './types'
// #ifdef H5
import { h5 } from './h5'
// #endif
// #ifdef MP-WEIXIN
import { weixin } from './weixin'
// #endif

let chosen: Platform | undefined
// #ifdef H5
chosen = h5
// #endif
// #ifdef MP-WEIXIN
chosen = weixin
// #endif

export const platform = chosen as Platform
export type * from './types'
