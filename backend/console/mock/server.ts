import { answerOfSite } from './site.ts'

interface Answer {
  status: number
  body?: unknown
}

const CAPTCHA =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="132" height="40"><path d="M0 26Q40 6 70 24T132 12" stroke="#b9d6cf" fill="none"/><text x="20" y="28" font-size="24" font-family="serif" fill="#0f6a59" letter-spacing="9">K7WP</text></svg>',
  )

/** Who logs in as `jg…` looks at it from above, everybody else is a project's own staff. */
let above = false

const PERMISSIONS = [
  'view_projects', 'view_units', 'view_crews', 'view_people', 'view_roster', 'manage_roster', 'unmask',
  'view_attendance', 'manage_attendance', 'view_devices', 'manage_devices',
]
const PROJECTS = [
  { id: 'p1', name: '滨河路安置房一期' },
  { id: 'p2', name: '第二人民医院门诊楼' },
  { id: 'p3', name: '开发区污水处理厂提标改造' },
]

function session() {
  const own = { role: 'project', scope_kind: 'project', scope_id: 'p1', scope_name: '滨河路安置房一期' }
  const region = { role: 'regulator', scope_kind: 'region', scope_id: '440700', scope_name: '江门市' }
  return {
    account: { id: 'a1', login: above ? 'jg-demo' : 'xm-demo', name: above ? '江门市住建局' : '演示账号', kind: above ? 'regulator' : 'project' },
    csrf_token: 'mock',
    must_change_password: false,
    grants: [above ? region : own],
    permissions: above ? [...PERMISSIONS, 'register_projects', 'review_applications'] : PERMISSIONS,
    projects: above ? [] : PROJECTS,
  }
}

let loggedIn = process.env['MINGCE_MOCK_LOGGED_IN'] === '1'

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140',
  'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/19 Safari/605',
]

const sessions = Array.from({ length: 3 }, (_, at) => ({
  id: `s${at}`,
  ip: `10.20.${at}.14`,
  user_agent: AGENTS[at],
  current: at === 0,
  created_at: `2026-11-${20 - at}T01:1${at}:00Z`,
  last_seen_at: `2026-11-21T0${6 - at}:3${at}:00Z`,
}))

const jobs = [
  { id: 'j1', kind: 'roster_export', state: 'running', progress: 62, message: '已写出 620 行', created_at: '2026-11-21T02:10:00Z' },
  { id: 'j2', kind: 'people_import', state: 'done', progress: 100, message: '成功 48 人,失败 2 人', created_at: '2026-11-21T01:10:00Z', result: { url: '/files/x', file_name: '人员导入结果.xlsx' } },
]

const choice = (code: string, name: string) => ({ code, name })
const DICTIONARIES = {
  unit_kinds: [choice('009', '施工总承包'), choice('003', '劳务分包'), choice('002', '专业分包'), choice('007', '监理单位')],
  work_types: [choice('010', '砌筑工'), choice('020', '钢筋工'), choice('030', '木工'), choice('040', '混凝土工'), choice('050', '抹灰工'), choice('060', '架子工'), choice('070', '水电安装工')],
  posts: [choice('P01', '施工员'), choice('P02', '专业监理工程师')],
  project_statuses: [choice('003', '在建'), choice('005', '停工')],
  ethnic_groups: [],
  posts_of_unit_kind: {},
}

const handlers: Record<string, (url: URL, body: Record<string, string>) => Answer> = {
  'GET /captcha': () => ok({ token: 't', image: CAPTCHA }),
  'POST /session': (_, body) => ((loggedIn = true), (above = body['login']?.startsWith('jg') ?? false), ok(session())),
  'GET /session': () => (loggedIn ? ok(session()) : { status: 401, body: { code: 'unauthorized', message: '请先登录' } }),
  'DELETE /session': () => ((loggedIn = false), { status: 204 }),
  'GET /sessions': () => ok({ items: sessions, total: sessions.length, page: 1, page_size: 20 }),
  'POST /session/password': () => ({
    status: 422,
    body: { code: 'invalid', message: '请检查填写的内容', fields: { current_password: '当前密码不正确' } },
  }),
  'GET /jobs': () => ok({ items: jobs, total: 2, page: 1, page_size: 20 }),
  'GET /dictionaries': () => ok(DICTIONARIES),
  'GET /projects/p1': () => ok({ id: 'p1', name: '滨河路安置房一期', code: 'JM2026-0117', status: '003', qualified: true, region_path: ['广东省', '江门市', '蓬江区'], number: 1, revision: 1 }),
  'GET /projects': (url) => page(PROJECTS.filter((project) => project.name.includes(url.searchParams.get('q') ?? ''))),
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

function page(items: unknown[]): Answer {
  return ok({ items, total: items.length, page: 1, page_size: 20 })
}

export function answer(method: string, url: URL, asked: Record<string, string>): Answer {
  const site = answerOfSite(method, url, asked)
  if (site !== undefined) return ok(site)
  const handler = handlers[`${method} ${url.pathname}`]
  return handler ? handler(url, asked) : { status: 404, body: { code: 'not_found', message: '内容不存在', fields: {} } }
}
