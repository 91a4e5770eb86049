import { api, type Schema } from '@/api'

/** One of somebody's values in full; the server records each look. */
export async function reveal(personId: string, field: 'id_number' | 'phone'): Promise<string> {
  const shown = await api.post<Schema<'Unmasked'>>(`/people/${personId}/unmask`, { fields: [field] }, { idempotencyKey: '' })
  return shown[field] ?? ''
}
