import type { Model } from '../api/types';
import { useMessages } from '../i18n/useMessages';

/** What is worth knowing about a model, in a few short lines. */
export function ModelDetails({ model }: { readonly model: Model }) {
  const { settings } = useMessages();
  return (
    <span className="model-details">
      <span>
        {model.family} · {settings.parameterCount(model.parameters)} · {model.quantization} · {settings.bytes(model.size)}
      </span>
      <span>
        {settings.contextWindow(model.context_length, model.trained_context_length ?? null)}
        {model.license !== null && ` · ${settings.license(model.license)}`}
      </span>
      <span className={model.state === 'failed' ? 'model-failure' : undefined}>
        {settings.modelState(model)}
        {model.state === 'failed' && model.failure != null && `: ${model.failure}`}
      </span>
    </span>
  );
}
