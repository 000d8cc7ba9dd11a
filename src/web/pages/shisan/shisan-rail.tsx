import { Link } from '@tanstack/react-router'
import type { ShisanInfo } from './shisan-query.ts'

/** 試算の一覧. */
export function ShisanRail({ items }: { items: readonly ShisanInfo[] }) {
  return (
    <nav className="rail" aria-label="試算の一覧">
      <h2>試算</h2>
      <ul>
        {items.map(({ name, term }) => (
          <li key={name}>
            <Link to="/shisan/$name" params={{ name }} activeProps={{ 'aria-current': 'page' }}>
              <span>{term}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
