import { useMessages } from '../i18n/useMessages';
import { NumberField } from './NumberField';
import { parametersFor, type ParameterName } from './parameters';
import { PolicySelect } from './PolicySelect';
import { StopSequences } from './StopSequences';
import { SystemPrompt } from './SystemPrompt';
import type { SettingsControl } from './useConversationSettings';
import './settings.css';

interface SettingsFieldsProps {
  readonly control: SettingsControl;
  /** Size of the model's window; undefined if that is not known. */
  readonly contextTokens: number | undefined;
}

/** How replies are asked for: the system prompt, the window's policy and all parameters. */
export function SettingsFields({ control: { settings, change, refused }, contextTokens }: SettingsFieldsProps) {
  const { app, settings: messages } = useMessages();
  const parameters = parametersFor(contextTokens);
  const why = (name: string): string | null =>
    refused?.names.includes(name) === true ? app.failure(refused.failure) : null;
  const isSet = (['window', 'stop', ...parameters.map(({ name }) => name)] as const).some(
    (name) => settings[name] != null,
  );

  const resetAll = (): void => {
    const names: readonly ParameterName[] = parameters.map(({ name }) => name);
    change({ window: null, stop: null, ...Object.fromEntries(names.map((name) => [name, null])) });
  };

  return (
    <div className="settings-fields">
      <SystemPrompt
        value={settings.system ?? null}
        refused={why('system')}
        onChange={(system) => {
          change({ system });
        }}
      />
      <PolicySelect
        value={settings.window ?? null}
        server={null}
        onChange={(window) => {
          change({ window });
        }}
      />
      <div className="setting-line">
        <h3>{messages.replies}</h3>
        <button type="button" className="plain" disabled={!isSet} onClick={resetAll}>
          {messages.resetAll}
        </button>
      </div>
      {parameters.map((parameter) => (
        <NumberField
          key={parameter.name}
          parameter={parameter}
          value={settings[parameter.name] ?? null}
          refused={why(parameter.name)}
          onChange={(value) => {
            change({ [parameter.name]: value });
          }}
        />
      ))}
      <StopSequences
        value={settings.stop ?? []}
        refused={why('stop')}
        onChange={(stop) => {
          change({ stop: stop.length === 0 ? null : stop });
        }}
      />
    </div>
  );
}
