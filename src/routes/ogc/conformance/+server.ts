import { serve } from '#lib/server/api/serve.ts'
import { conformanceEndpoint } from '#lib/server/ogc/endpoints.ts'

export const { GET, fallback } = serve(conformanceEndpoint)
