import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider } from 'react-aria-components'
import { Problem } from './lib/problem.ts'
import { router } from './routes.tsx'
import './ui/fonts.css'
import './ui/koki.css'
import './ui/screens.css'

const client = new QueryClient({
  defaultOptions: {
    // a refusal does not become a permission by asking again; a lost connection may come back
    queries: { retry: (count, error) => error instanceof Problem && error.status === 0 && count < 3 },
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="ja-JP">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
)
