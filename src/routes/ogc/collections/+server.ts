import { serve } from '#lib/server/api/serve.ts'
import { collectionsEndpoint } from '#lib/server/ogc/collections.ts'

export const { GET, fallback } = serve(collectionsEndpoint)
