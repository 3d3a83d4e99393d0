import { serve } from '#lib/server/api/serve.ts'
import { itemEndpoint } from '#lib/server/ogc/items.ts'

export const { GET, fallback } = serve(itemEndpoint)
