import { useEffect, useRef, useState } from 'react'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { Button } from '#web/ui/button.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import type { InstanceDetail } from './instance-query.ts'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'

/** The parts of the viewer's services that are used here; the library types them by name only. */
interface Canvas {
  zoom(level: 'fit-viewport' | number, center?: 'auto'): number
  addMarker(id: string, marker: string): void
}
interface Registry {
  get(id: string): unknown
}
interface Overlays {
  add(id: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void
}

/** 図: the model as drawn, the path taken, tokens with their number, what stopped. The bpmn.io mark stays visible. */
export default function Diagram({ instance }: { instance: InstanceDetail }) {
  const box = useRef<HTMLDivElement>(null)
  const viewer = useRef<InstanceType<typeof NavigatedViewer> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { xml } = instance
  const state = JSON.stringify([instance.path, instance.tokens, instance.incidents])
  useEffect(() => {
    if (!box.current || xml === null) return
    const own = new NavigatedViewer({ container: box.current })
    viewer.current = own
    let isGone = false
    own
      .importXML(xml)
      .then(() => {
        if (isGone) return
        own.get<Canvas>('canvas').zoom('fit-viewport', 'auto')
        paint(own, instance)
      })
      .catch((failure: unknown) => !isGone && setError(failure))
    return () => {
      isGone = true
      own.destroy()
    }
    // state holds what of the instance is painted
  }, [xml, state])
  const zoom = (factor: number) => {
    const canvas = viewer.current?.get<Canvas>('canvas') as (Canvas & { zoom(): number }) | undefined // zoom() without level reads it
    if (canvas) canvas.zoom(canvas.zoom() * factor)
  }
  const words = describe(instance)
  return (
    <div className="dia">
      <div className="row">
        <div className="legend">
          <span className="lg done">通った</span>
          <span className="lg now">いまの位置</span>
          <span className="lg err">止まっている</span>
          <span className="lg">これから</span>
        </div>
        <span className="end row">
          <Button look="secondary" icon="minus" aria-label="縮小" onClick={() => zoom(0.8)} />
          <Button look="secondary" icon="plus" aria-label="拡大" onClick={() => zoom(1.25)} />
          <Button look="secondary" onClick={() => viewer.current?.get<Canvas>('canvas').zoom('fit-viewport', 'auto')}>
            全体
          </Button>
        </span>
      </div>
      {error !== null && <ProblemNote error={error} />}
      <div ref={box} className="bpmnbox" role="figure" aria-label={words} />
    </div>
  )
}

function paint(viewer: InstanceType<typeof NavigatedViewer>, { path, tokens, incidents }: InstanceDetail): void {
  const canvas = viewer.get<Canvas>('canvas')
  const registry = viewer.get<Registry>('elementRegistry')
  const overlays = viewer.get<Overlays>('overlays')
  const isDrawn = ({ elementId }: { elementId: string }): boolean => registry.get(elementId) !== undefined
  for (const { elementId } of path.filter(isDrawn)) canvas.addMarker(elementId, 'k-done')
  for (const { elementId, count } of tokens.filter(isDrawn)) {
    canvas.addMarker(elementId, 'k-now')
    const token = document.createElement('span')
    token.className = 'k-token'
    token.textContent = String(count)
    overlays.add(elementId, { position: { top: -12, right: 12 }, html: token })
  }
  for (const incident of incidents.filter((one) => one.resolvedAt === null && isDrawn(one)))
    canvas.addMarker(incident.elementId, 'k-err')
}

function describe({ title, current, incidents }: InstanceDetail): string {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null)
  const where = current.map(({ name }) => name).join('・')
  if (open.length > 0)
    return `${title ?? ''}の図。${open.map(({ elementName }) => elementName).join('・')}で止まっている`
  return where === '' ? `${title ?? ''}の図。終わっている` : `${title ?? ''}の図。いまの位置は${where}`
}
