import type { ItemState, NeedKind } from '#coalition'
import type { OrganizationKind } from '#people'
import { m } from '#lib/paraglide/messages.js'

export const organizationKindName = (kind: OrganizationKind): string => m[`organization_kind_${kind}`]()
export const needKindName = (kind: NeedKind): string => m[`need_kind_${kind}`]()
/** What became of a need or an offer; `open`: whether the call still is. */
export const itemStateName = (state: ItemState, open: boolean): string => (state === 'open' && !open ? m.item_state_unsettled() : m[`item_state_${state}`]())
export const uptakeKindName = (kind: 'position' | 'decision' | 'statement'): string => m[`uptake_kind_${kind}`]()
