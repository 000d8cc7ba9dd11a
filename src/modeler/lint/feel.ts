import { parseExpression } from 'feelin'

/** What a FEEL expression reads. */
export interface Expression {
  readonly isValid: boolean
  /** Names of the process variables it reads, each once. */
  readonly variables: readonly string[]
  /** Comparisons of a variable with a text: `decision = "ok"`. */
  readonly comparisons: readonly { readonly variable: string; readonly text: string }[]
}

/** Reads a FEEL expression (without the leading `=`) without evaluating it. */
export function readExpression(text: string): Expression {
  const variables = new Set<string>()
  const comparisons: { variable: string; text: string }[] = []
  let isValid = text.trim() !== ''
  parseExpression(text, {}, undefined).iterate({
    enter({ type, node, from, to }) {
      if (type.isError) isValid = false
      if (type.name === 'VariableName' && !isCalled(node)) variables.add(text.slice(from, to))
      if (type.name !== 'Comparison') return
      const variable = node.getChild('VariableName')
      const literal = node.getChild('StringLiteral')
      if (variable && literal)
        comparisons.push({
          variable: text.slice(variable.from, variable.to),
          text: text.slice(literal.from + 1, literal.to - 1),
        })
    },
  })
  return { isValid, variables: [...variables], comparisons }
}

/** `count(rows)`: the name before the bracket is a function, not a variable. */
const isCalled = (node: {
  readonly parent: { readonly name: string; readonly from: number } | null
  readonly from: number
}): boolean => node.parent?.name === 'FunctionInvocation' && node.parent.from === node.from
