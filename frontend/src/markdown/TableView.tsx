import type { Tokens } from 'marked';

import { useMessages } from '../i18n/useMessages';
import { inline } from './inline';

/** A table in a frame that scrolls sideways, also by keyboard. */
export function TableView({ table }: { readonly table: Tokens.Table }) {
  const { transcript } = useMessages();
  return (
    <div className="table-frame" role="group" aria-label={transcript.table} tabIndex={0}>
      <table dir="auto">
        <thead>
          <tr>
            {table.header.map((cell, column) => (
              <th key={column} scope="col" className={cell.align ?? undefined}>
                {inline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} className={cell.align ?? undefined}>
                  {inline(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
