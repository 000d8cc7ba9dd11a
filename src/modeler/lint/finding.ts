/** What is wrong with a model, for the person who draws it. */
export interface Finding {
  /** Rule id in English, stable: tests and the modeler's dictionary use it. */
  readonly rule: string
  /** The element the finding is about, or null for the model as a whole. */
  readonly element: string | null
  /** Japanese sentence. */
  readonly message: string
  /** 次にすること. */
  readonly next: string
}
