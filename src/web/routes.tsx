import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { readReturnSearch } from '#people/web/returns/returns-query.ts'
import { readNotificationSearch } from '#tasklist/web/notifications/notification-query.ts'
import { readListSearch } from '#tasklist/web/list/task-query.ts'
import { readSheetSearch } from '#tasklist/web/task/sheet-query.ts'
import { readEpochSearch, readInstanceSearch } from '#trace/web/instances/instance-query.ts'
import { readRunSearch } from '#trace/web/runs/run-query.ts'
import { readAuditSearch } from './pages/audit/audit-query.ts'
import { readFileSearch } from './pages/files/file-query.ts'
import { readOptionSearch } from './pages/settings/settings-query.ts'
import { screen } from './lib/screen.ts'
import { LockPage } from './pages/login/lock-page.tsx'
import { Home } from './shell/home.tsx'
import { NotFound } from './shell/not-found.tsx'
import { ScreenFailed } from './shell/screen-failed.tsx'
import { Shell } from './shell/shell.tsx'

/** The explicit list of screens. Addresses hold ids, filters and pages: never a name, a number of a person or an address. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
const back = (search: Record<string, unknown>): { back?: string } =>
  typeof search['back'] === 'string' ? { back: search['back'] } : {}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: back,
  component: screen(() => import('./pages/login/login-page.tsx'), 'LoginPage'),
})
const lock = createRoute({
  getParentRoute: () => root,
  path: '/lock',
  validateSearch: back,
  component: LockPage, // not fetched when it is needed: a lock must work without the network too
})
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home })
const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  validateSearch: (search: Record<string, unknown>) => readListSearch(search),
  component: screen(() => import('#tasklist/web/list/task-list-page.tsx'), 'TaskListPage'),
})
const task = createRoute({
  getParentRoute: () => shell,
  path: '/tasks/$taskId',
  validateSearch: readSheetSearch,
  component: screen(() => import('#tasklist/web/task/task-page.tsx'), 'TaskPage'),
})
const notifications = createRoute({
  getParentRoute: () => shell,
  path: '/notifications',
  validateSearch: readNotificationSearch,
  component: screen(() => import('#tasklist/web/notifications/notifications-page.tsx'), 'NotificationsPage'),
})
const taskPrint = createRoute({
  getParentRoute: () => shell,
  path: '/tasks/$taskId/print',
  validateSearch: readSheetSearch,
  component: screen(() => import('#tasklist/web/print/print-page.tsx'), 'PrintPage'),
})
const fileSheet = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId/files/$fileId',
  component: screen(() => import('#trace/web/runs/file-sheet-page.tsx'), 'FileSheetPage'),
})
const insured = createRoute({
  getParentRoute: () => shell,
  path: '/insured',
  component: screen(() => import('#people/web/insured-search-page.tsx'), 'InsuredSearchPage'),
})
const person = createRoute({
  getParentRoute: () => shell,
  path: '/insured/$insuredId',
  component: screen(() => import('#people/web/insured-page.tsx'), 'InsuredPage'),
})
const returns = createRoute({
  getParentRoute: () => shell,
  path: '/returns',
  validateSearch: readReturnSearch,
  component: screen(() => import('#people/web/returns/return-list-page.tsx'), 'ReturnListPage'),
})
const returned = createRoute({
  getParentRoute: () => shell,
  path: '/returns/$returnId',
  component: screen(() => import('#people/web/returns/return-page.tsx'), 'ReturnPage'),
})
const spellings = createRoute({
  getParentRoute: () => shell,
  path: '/insured/$insuredId/spellings',
  component: screen(() => import('#people/web/spellings-page.tsx'), 'SpellingsPage'),
})
const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: screen(() => import('#trace/web/runs/run-page.tsx'), 'RunPage'),
})
const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: readRunSearch,
  component: screen(() => import('#trace/web/runs/run-list-page.tsx'), 'RunListPage'),
})
const runStart = createRoute({
  getParentRoute: () => shell,
  path: '/runs/new/$flow',
  component: screen(() => import('#trace/web/runs/run-start-page.tsx'), 'RunStartPage'),
})
const files = createRoute({
  getParentRoute: () => shell,
  path: '/files',
  validateSearch: readFileSearch,
  component: screen(() => import('./pages/files/file-list-page.tsx'), 'FileListPage'),
})
const file = createRoute({
  getParentRoute: () => shell,
  path: '/files/$fileId',
  component: screen(() => import('./pages/files/file-page.tsx'), 'FilePage'),
})
const instances = createRoute({
  getParentRoute: () => shell,
  path: '/instances',
  validateSearch: readInstanceSearch,
  component: screen(() => import('#trace/web/instances/instance-list-page.tsx'), 'InstanceListPage'),
})
const instance = createRoute({
  getParentRoute: () => shell,
  path: '/instances/$key',
  validateSearch: readEpochSearch,
  component: screen(() => import('#trace/web/instances/instance-page.tsx'), 'InstancePage'),
})
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: screen(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
})
const operations = createRoute({
  getParentRoute: () => shell,
  path: '/operations',
  component: screen(() => import('./pages/operations/operations-page.tsx'), 'OperationsPage'),
})

const shisanList = createRoute({
  getParentRoute: () => shell,
  path: '/shisan',
  component: screen(() => import('./pages/shisan/shisan-page.tsx'), 'ShisanListPage'),
})
const shisan = createRoute({
  getParentRoute: () => shell,
  path: '/shisan/$name',
  component: screen(() => import('./pages/shisan/shisan-page.tsx'), 'ShisanPage'),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: readOptionSearch,
  component: screen(() => import('./pages/settings/options-page.tsx'), 'OptionsPage'),
})
const staff = createRoute({
  getParentRoute: () => shell,
  path: '/settings/staff',
  component: screen(() => import('./pages/settings/staff-page.tsx'), 'StaffPage'),
})
const deputies = createRoute({
  getParentRoute: () => shell,
  path: '/settings/deputies',
  component: screen(() => import('./pages/settings/deputies-page.tsx'), 'DeputiesPage'),
})
const municipality = createRoute({
  getParentRoute: () => shell,
  path: '/settings/municipality',
  component: screen(() => import('./pages/settings/municipality-page.tsx'), 'MunicipalityPage'),
})
const closures = createRoute({
  getParentRoute: () => shell,
  path: '/settings/closures',
  component: screen(() => import('./pages/settings/closures-page.tsx'), 'ClosuresPage'),
})
const profiles = createRoute({
  getParentRoute: () => shell,
  path: '/settings/profiles',
  component: screen(() => import('./pages/settings/profiles-page.tsx'), 'ProfilesPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    lock,
    shell.addChildren([
      home,
      tasks,
      task,
      notifications,
      taskPrint,
      fileSheet,
      runs,
      runStart,
      run,
      insured,
      person,
      returns,
      returned,
      spellings,
      files,
      file,
      instances,
      instance,
      audit,
      operations,
      shisanList,
      shisan,
      settings,
      staff,
      deputies,
      municipality,
      closures,
      profiles,
    ]),
  ]),
  defaultPreload: false,
  defaultErrorComponent: ScreenFailed,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
