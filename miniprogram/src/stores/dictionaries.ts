import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api, type Schema } from '@/api'
import { storage } from '@/storage'

const KEPT = 'dictionaries'

/** The national standard's tables, kept on the phone: a registration goes on without a network. */
export const useDictionaries = defineStore('dictionaries', () => {
  const tables = ref<Schema<'Dictionaries'> | null>(null)

  async function load(): Promise<Schema<'Dictionaries'> | null> {
    if (tables.value) return tables.value
    try {
      tables.value = await api.get<Schema<'Dictionaries'>>('/dictionaries', undefined, { anonymous: true })
      storage.set(KEPT, tables.value)
    } catch {
      tables.value = storage.get<Schema<'Dictionaries'>>(KEPT)
    }
    return tables.value
  }

  function nameOf(table: 'work_types' | 'posts' | 'unit_kinds', code: string | null | undefined): string {
    return tables.value?.[table].find((choice) => choice.code === code)?.name ?? ''
  }

  return { tables, load, nameOf }
})
