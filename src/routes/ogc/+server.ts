import { serve } from '#lib/server/api/serve.ts'
import { landingEndpoint } from '#lib/server/ogc/endpoints.ts'

export const { GET, fallback } = serve(landingEndpoint)
