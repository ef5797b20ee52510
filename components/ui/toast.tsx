import { notifications } from '@mantine/notifications';
import classes from '#components/ui/Toast.module.css';
import { ToastLine } from '#components/ui/ToastLine.tsx';

type Toast = {
  id?: string;
  text: string;
  /** What can be taken back, and by what. */
  act?: string;
  onAct?: () => unknown;
  seconds?: number;
};

/** Says what was done (design.md 4, toast). Errors never come only this way. Returns the id to hide it by. */
export function toast({ id = `toast-${Date.now()}`, text, act, onAct, seconds = 6 }: Toast): string {
  const hide = () => notifications.hide(id);
  notifications.show({
    id,
    withCloseButton: false,
    autoClose: seconds * 1000,
    role: 'status',
    classNames: { root: classes.toast, description: classes.text, body: classes.body },
    message: <ToastLine text={text} act={act} onAct={onAct} seconds={act ? seconds : undefined} onDone={hide} />,
  });
  return id;
}

export const hideToast = (id: string): unknown => notifications.hide(id);
