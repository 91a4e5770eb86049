/** What people call the thing they sit at. Order matters: Edge calls itself Chrome, and everybody Safari. */
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Windows/, 'Windows 电脑'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, '安卓手机'],
  [/Mac OS X/, 'Mac 电脑'],
  [/Linux/, 'Linux 电脑'],
]

export function describeDevice(userAgent: string | null | undefined): string {
  const agent = userAgent ?? ''
  const names = [SYSTEMS, BROWSERS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1])
  return names.filter(Boolean).join(' · ') || '未知设备'
}
