import type { Draft } from './draft'

/** One action per screen, in this order. */
export const STEPS = ['consent', 'front', 'back', 'check', 'face', 'phone', 'crew', 'job', 'pay', 'submit'] as const
export type Step = (typeof STEPS)[number]

/** What the dots above the screen stand for: nobody counts to ten. */
export const STAGES = ['同意', '身份证', '人脸', '手机号', '班组', '提交'] as const
const STAGE_OF: Record<Step, number> = { consent: 0, front: 1, back: 1, check: 1, face: 2, phone: 3, crew: 4, job: 4, pay: 4, submit: 5 }

export function stageOf(step: Step): number {
  return STAGE_OF[step]
}

/** Whether a step needs nothing more from the person; the network may still owe it something. */
export function isDone(draft: Draft, step: Step): boolean {
  const { photos, registration, work } = draft
  const server = registration?.steps
  const taken = (name: 'front' | 'back' | 'face', known: boolean) => {
    const photo = photos[name]
    return photo ? photo.state !== 'refused' : known
  }
  switch (step) {
    case 'consent':
      return draft.consented
    case 'front':
    case 'back':
      return taken(step, server?.card ?? false)
    case 'check':
      return draft.cardChecked ?? server?.card ?? false
    case 'face':
      return taken('face', server?.face ?? false)
    case 'phone':
      return draft.phone !== null || (server?.phone ?? false)
    case 'crew':
      return work.crew_id !== ''
    case 'job':
      return work.work_type !== ''
    case 'pay':
      return draft.workGiven ?? server?.work ?? false
    case 'submit':
      return isWithReviewer(draft)
  }
}

/** Nothing is left to do here: somebody looks at it, or has. */
export function isWithReviewer(draft: Draft): boolean {
  const state = draft.registration?.state
  return state === 'submitted' || state === 'approved'
}

/** Where somebody who comes back goes on. */
export function nextStep(draft: Draft): Step {
  return STEPS.find((step) => !isDone(draft, step)) ?? 'submit'
}

/** The step after this one that is not done yet; somebody who corrects one thing is not led through all others again. */
export function stepAfter(draft: Draft, step: Step): Step {
  return STEPS.slice(STEPS.indexOf(step) + 1).find((other) => !isDone(draft, other)) ?? 'submit'
}

export function stepBefore(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) - 1] ?? null
}

export function pageOf(step: Step): string {
  return `/pages/join/${step}`
}
