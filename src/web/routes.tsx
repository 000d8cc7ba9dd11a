import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { readListSearch } from '#tasklist/web/list/task-query.ts'
import { readSheetSearch } from '#tasklist/web/task/sheet-query.ts'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'

/** The explicit list of screens. Addresses hold ids, filters and pages: never a name, a number of a person or an address. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
const back = (search: Record<string, unknown>): { back?: string } =>
  typeof search['back'] === 'string' ? { back: search['back'] } : {}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: back,
  component: lazyRouteComponent(() => import('./pages/login/login-page.tsx'), 'LoginPage'),
})
const lock = createRoute({
  getParentRoute: () => root,
  path: '/lock',
  validateSearch: back,
  component: lazyRouteComponent(() => import('./pages/login/lock-page.tsx'), 'LockPage'),
})
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tasks' })
  },
})
const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('#tasklist/web/list/task-list-page.tsx'), 'TaskListPage'),
})
const task = createRoute({
  getParentRoute: () => shell,
  path: '/tasks/$taskId',
  validateSearch: readSheetSearch,
  component: lazyRouteComponent(() => import('#tasklist/web/task/task-page.tsx'), 'TaskPage'),
})
const insured = createRoute({
  getParentRoute: () => shell,
  path: '/insured',
  component: lazyRouteComponent(() => import('#people/web/insured-search-page.tsx'), 'InsuredSearchPage'),
})
const person = createRoute({
  getParentRoute: () => shell,
  path: '/insured/$insuredId',
  component: lazyRouteComponent(() => import('#people/web/insured-page.tsx'), 'InsuredPage'),
})
const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('#trace/web/runs/run-page.tsx'), 'RunPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([login, lock, shell.addChildren([home, tasks, task, insured, person, run])]),
  defaultPreload: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
