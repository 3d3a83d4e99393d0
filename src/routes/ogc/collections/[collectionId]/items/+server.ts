import { serve } from '#lib/server/api/serve.ts'
import { itemsEndpoint } from '#lib/server/ogc/items.ts'

export const { GET, fallback } = serve(itemsEndpoint)
