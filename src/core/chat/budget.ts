import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { ChatModel, ChatUsage, ChatWatch } from '../model/ports/chatModel.ts';
import { guessTokens } from './guessTokens.ts';

export interface Budget {
  readonly maxTokens: number;
  readonly maxUsd: number;
  /** `undefined` where nobody knows the price: then the tokens alone are limited. */
  readonly usdOf: (usage: Pick<ChatUsage, 'input' | 'output'>) => number | undefined;
}

/** What a run has used so far, with the tries that came to nothing after they had begun. */
export interface Spent {
  readonly calls: number;
  readonly tokens: number;
  /** `undefined` where nobody knows the price. */
  readonly usd: number | undefined;
}

export interface BudgetedModel extends ChatModel {
  readonly spent: () => Spent;
}

/**
 * A model that refuses what could go beyond the budget of a run, before it is sent. What is on its
 * way counts as if it used all it may, so that calls side by side do not go beyond it together.
 */
export function withBudget(model: ChatModel, { maxTokens, maxUsd, usdOf }: Budget): BudgetedModel {
  const spent = { calls: 0, input: 0, output: 0 };
  let pending = { input: 0, output: 0 };
  const count = ({ input, output }: ChatUsage): void => {
    spent.calls += 1;
    spent.input += input;
    spent.output += output;
  };
  return {
    name: model.name,
    spent: () => ({
      calls: spent.calls,
      tokens: spent.input + spent.output,
      usd: usdOf(spent),
    }),
    async complete(request, watch: ChatWatch = {}) {
      const most = { input: guessTokens(request.messages), output: request.maxTokens };
      const sum = {
        input: spent.input + pending.input + most.input,
        output: spent.output + pending.output + most.output,
      };
      if (sum.input + sum.output > maxTokens) {
        throw new AppError(
          'model-budget-spent',
          localized`the budget of ${maxTokens} tokens does not allow another call`,
        );
      }
      if ((usdOf(sum) ?? 0) > maxUsd) {
        throw new AppError(
          'model-budget-spent',
          localized`the budget of ${maxUsd} US dollars does not allow another call`,
        );
      }
      pending = { input: pending.input + most.input, output: pending.output + most.output };
      try {
        const answer = await model.complete(request, { ...watch, onLost: count });
        count(answer.usage);
        return answer;
      } finally {
        pending = { input: pending.input - most.input, output: pending.output - most.output };
      }
    },
  };
}
