import type { RouteKey } from '#api/contract.ts'

/** The screens of the head, and the route whose right opens each. */
export const MENU: readonly { readonly to: string; readonly text: string; readonly needs: RouteKey }[] = [
  { to: '/tasks', text: '作業', needs: 'GET /api/tasks' },
  { to: '/runs', text: '処理', needs: 'GET /api/runs' },
  { to: '/insured', text: '被保険者', needs: 'POST /api/insured/search' },
  { to: '/returns', text: '返戻', needs: 'GET /api/returns' },
  { to: '/files', text: 'ファイル', needs: 'GET /api/files' },
  { to: '/shisan', text: '試算', needs: 'GET /api/shisan' },
  { to: '/instances', text: '実行状況', needs: 'GET /api/instances' },
  { to: '/operations', text: '稼働状況', needs: 'GET /api/operations' },
  { to: '/audit', text: '監査', needs: 'GET /api/audit' },
  { to: '/settings', text: '設定', needs: 'GET /api/settings/options' },
]
