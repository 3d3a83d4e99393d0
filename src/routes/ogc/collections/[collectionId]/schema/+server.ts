import { serve } from '#lib/server/api/serve.ts'
import { schemaEndpoint } from '#lib/server/ogc/collections.ts'

export const { GET, fallback } = serve(schemaEndpoint)
