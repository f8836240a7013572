import type { Rule } from '../rule.ts';
import { functionGiven } from '../syntax.ts';

export const promiseExecutor: Rule = {
  id: 'promise-executor',
  reason:
    'a promise whose executor keeps neither of its arguments is freed while in use, and memory is corrupted',
  instead: 'call or store resolve or reject in the executor',
  check: (bundle, report) => {
    for (const node of bundle.all('NewExpression')) {
      if (!bundle.isFree(node.callee, 'Promise')) continue;
      const executor = functionGiven(bundle, node.arguments[0]);
      if (executor === undefined) continue;
      const isKept = executor.params.some((param) => (bundle.binding(param)?.references.length ?? 0) > 0);
      const readsArguments = bundle.free.some(
        (name) => name.name === 'arguments' && bundle.functionOf(name) === executor,
      );
      if (!isKept && !readsArguments) report(node);
    }
  },
};
