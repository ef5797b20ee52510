import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { AddressShape } from '#lib/conversations/shapes.ts';
import { addAddress, parseAddress, splitAddresses } from './address.ts';
import fields from './Composer.module.css';
import classes from './RecipientField.module.css';
import { Wrong } from './Wrong.tsx';

type Props = {
  label: string;
  value: AddressShape[];
  onChange: (value: AddressShape[]) => void;
  /** What stands in the field and isn't an address yet: nothing may be sent as if it weren't there. */
  onPending: (text: string) => void;
  error: string | null;
};

/** Addresses as chips. What isn't an address stays in the field with a sentence; nothing typed disappears. */
export function RecipientField({ label, value, onChange, onPending, error }: Props) {
  const t = useTranslations('compose');
  const say = useTranslations('errors');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  const type = (text: string) => {
    setTyped(text);
    onPending(text.trim());
  };
  const add = (text: string) => {
    let list = value;
    const rest: string[] = [];
    for (const part of splitAddresses(text)) {
      const address = parseAddress(part);
      if (address) list = addAddress(list, address);
      else rest.push(part);
    }
    if (list !== value) onChange(list);
    type(rest.join(', '));
    setWrong(rest[0] ?? null);
  };
  const remove = (index: number) => {
    onChange(value.filter((_, at) => at !== index));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: Safari's way of saying that an IME has the key.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    // Ctrl Enter sends: first what is typed becomes a recipient.
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'Enter' && typed.trim() !== '') add(typed);
      return;
    }
    if (typed.trim() !== '' && ['Enter', ',', ';', '\u3001'].includes(event.key)) {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Enter') event.preventDefault();
    else if (event.key === 'Backspace' && typed === '' && value.length > 0) remove(value.length - 1);
  };

  return (
    <>
      <div className={fields.field}>
        <label className={fields.label} htmlFor={id}>
          {label}
        </label>
        <div className={classes.list}>
          <ul className={classes.chips} aria-label={label}>
            {value.map((one, index) => (
              <li key={one.address} className={classes.chip}>
                {one.name ? <span className={classes.name}>{one.name}</span> : null}
                <span className={classes.address}>{one.address}</span>
                <button
                  type="button"
                  className={classes.remove}
                  aria-label={t('remove', { address: one.address })}
                  onClick={() => remove(index)}
                >
                  <IconX size={12} stroke={2} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
          <input
            ref={input}
            id={id}
            className={classes.input}
            value={typed}
            inputMode="email"
            autoComplete="off"
            aria-invalid={wrong ? true : undefined}
            onChange={(event) => {
              type(event.currentTarget.value);
              setWrong(null);
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text');
              if (splitAddresses(text).length < 2) return;
              event.preventDefault();
              add(`${typed},${text}`);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => typed.trim() !== '' && add(typed)}
          />
        </div>
      </div>
      <Wrong text={wrong ? say('addressInvalid', { address: wrong }) : error} />
    </>
  );
}
