import { serve } from '#lib/server/api/serve.ts'
import { areasEndpoint } from '#lib/server/api/areas.ts'

export const { GET, fallback } = serve(areasEndpoint)
