/** The five kinds of account, as the server names them in `grants[].role` and the login's `kind`. */
export type Role = 'admin' | 'regulator' | 'company' | 'project' | 'vendor'

export const ROLE_LABELS: Record<Role, string> = {
  admin: '平台管理',
  regulator: '监管部门',
  company: '参建企业',
  project: '项目部',
  vendor: '设备商',
}
