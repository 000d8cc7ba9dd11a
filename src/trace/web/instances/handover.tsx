import { Link } from '@tanstack/react-router'
import { shortMoment } from '#web/lib/dates.ts'
import type { InstanceDetail } from './instance-query.ts'

/** 引継ぎ: which instance of the same run this one goes on from, and which goes on from it. */
export function Handover({ instance: { continues, continuedBy } }: { instance: InstanceDetail }) {
  return (
    <>
      {continues && (
        <p>
          {shortMoment(continues.at)} エンジンのデータを作り直したとき、
          <Link to="/instances/$key" params={{ key: continues.instanceKey }} search={{ epoch: continues.epoch }}>
            前の実行(第{continues.epoch}世代)
          </Link>
          から引き継ぎました。
        </p>
      )}
      {continuedBy && (
        <p>
          {shortMoment(continuedBy.at)} エンジンのデータを作り直したとき、この実行は終わり、
          <Link to="/instances/$key" params={{ key: continuedBy.instanceKey }} search={{ epoch: continuedBy.epoch }}>
            新しい実行(第{continuedBy.epoch}世代)
          </Link>
          に引き継がれました。
        </p>
      )}
    </>
  )
}
