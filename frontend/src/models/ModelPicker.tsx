import { messages } from '../messages';
import './models.css';

interface ModelPickerProps {
  readonly names: readonly string[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** Names the model that replies; where there are several, lets the reader choose. */
export function ModelPicker({ names, chosen, onChoose }: ModelPickerProps) {
  if (names.length === 1) {
    return <p className="model">{chosen}</p>;
  }
  return (
    <select
      className="model model-select"
      aria-label={messages.model}
      value={chosen}
      onChange={(event) => {
        onChoose(event.target.value);
      }}
    >
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
