import { api, type Page, type Schema } from '@/api'
import { defineList } from '@/components/list/types'
import { useSession } from '@/session/store'
import { reveal } from './unmask'
import { useRefusal } from './whole'
import { sexWords } from './words'

type PersonRow = Schema<'PersonRow'>

const AGES = [
  { value: '16-30', label: '16 至 30 岁' },
  { value: '31-45', label: '31 至 45 岁' },
  { value: '46-54', label: '46 至 54 岁' },
  { value: '55-59', label: '55 至 59 岁' },
  { value: '60-150', label: '60 岁及以上' },
]

export async function loadCompanies(keyword: string) {
  const page = await api.get<Page<Schema<'Company'>>>('/companies', { keyword, page_size: 20, sort: 'name' })
  return page.items.map((company) => ({ value: company.id, label: company.name }))
}

async function loadProjects(search: string) {
  const page = await api.get<Page<Schema<'ProjectRow'>>>('/projects', { search, page_size: 20 })
  return page.items.map((project) => ({ value: project.id, label: project.name }))
}

/** 【人员库】. Its filters are personal data: they travel in the body and stay out of the address. */
export function peopleList() {
  const session = useSession()
  const refusalOf = useRefusal()
  const refusal = (row: PersonRow) => refusalOf({ companyId: row.company?.id, unitNames: row.on_site?.map((place) => place.unit_name) })
  return defineList<PersonRow>({
    key: 'people',
    path: '/people/search',
    exportPath: '/people/export',
    state: 'local',
    body: searchBody,
    filters: [
      { key: 'name', label: '姓名', type: 'text', placeholder: '从姓开始输入' },
      { key: 'id_number', label: '身份证号码', type: 'text', placeholder: '完整的 18 位' },
      { key: 'phone', label: '手机号码', type: 'text', placeholder: '完整的 11 位' },
      { key: 'on_site', label: '在场情况', type: 'select', options: [{ value: 'true', label: '在场' }, { value: 'false', label: '不在场' }] },
      ...(session.hasRole(['admin', 'regulator', 'company']) ? [{ key: 'project_id', label: '所在项目', type: 'remote' as const, load: loadProjects }] : []),
      { key: 'company_id', label: '所属企业', type: 'remote', load: loadCompanies },
      { key: 'sex', label: '性别', type: 'select', options: sexWords },
      { key: 'age', label: '年龄', type: 'select', options: AGES },
    ],
    columns: [
      { key: 'name', label: '姓名', sortable: true, minWidth: 130, fixed: 'left' },
      { key: 'sex', label: '性别', width: 64, value: (row) => sexWords.label(row.sex) },
      { key: 'age', label: '年龄', width: 64 },
      { key: 'id_number', label: '身份证号码', type: 'masked', permission: 'unmask', minWidth: 190, refusal, reveal: (row) => reveal(row.id, 'id_number') },
      { key: 'phone', label: '手机号码', type: 'masked', permission: 'unmask', minWidth: 136, refusal, reveal: (row) => reveal(row.id, 'phone') },
      { key: 'on_site', label: '现在在哪里', minWidth: 220 },
      { key: 'company', label: '所属企业', minWidth: 136, value: (row) => row.company?.name },
      { key: 'created_at', label: '登记时间', type: 'datetime', sortable: true, width: 150 },
    ],
    rowActionsWidth: 76,
    empty: { title: '人员库里还没有人', hint: '点右上角【登记人员】，或由设备、表格采集后自动出现在这里。' },
  })
}

function searchBody({ age, on_site: onSite, ...filters }: Record<string, string>) {
  const [from, to] = age?.split('-').map(Number) ?? []
  return { ...filters, ...(onSite && { on_site: onSite === 'true' }), ...(age && { age_from: from, age_to: to }) }
}
