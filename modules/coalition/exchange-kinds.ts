/** What moves through a link; the interface messages hold the names under `exchange_kind_<kind>`. */
export const EXCHANGE_KINDS = ['ask', 'offer', 'knowledge', 'testimony', 'training', 'data', 'people', 'funds'] as const
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number]
