import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { useMessages } from '../../i18n/useMessages';
import './import.css';

/** Takes files that are dropped anywhere on the page, and shows so while they are held over it. */
export function DropTarget({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { list } = useMessages();
  const [over, setOver] = useState(false);
  /** Into how many elements within each other they were carried; each one tells of it. */
  const depth = useRef(0);

  useEffect(() => {
    const stop = new AbortController();
    const end = (): void => {
      depth.current = 0;
      setOver(false);
    };
    const listen = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void): void => {
      const onDrag = (event: DragEvent): void => {
        // Text that is carried into a field is none of this.
        if (event.dataTransfer?.types.includes('Files') === true) {
          event.preventDefault();
          act(event);
        }
      };
      window.addEventListener(type, onDrag, { signal: stop.signal });
    };
    listen('dragenter', () => {
      depth.current++;
      setOver(true);
    });
    listen('dragleave', () => {
      depth.current--;
      if (depth.current <= 0) {
        end();
      }
    });
    listen('dragover', ({ dataTransfer }) => {
      if (dataTransfer !== null) {
        dataTransfer.dropEffect = 'copy';
      }
    });
    listen('drop', ({ dataTransfer }) => {
      end();
      onFiles(Array.from(dataTransfer?.files ?? []));
    });
    return () => {
      stop.abort();
    };
  }, [onFiles]);

  return (
    over && (
      <div className="drop-target">
        <div>
          <FileDown aria-hidden="true" />
          <p>{list.dropHere}</p>
          <p className="quiet">{list.dropHint}</p>
        </div>
      </div>
    )
  );
}
