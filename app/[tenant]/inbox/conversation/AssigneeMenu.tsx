import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Avatar } from '#components/ui/Avatar.tsx';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Properties.module.css';
import type { Case } from './useCase.ts';

/** Who has it. Agents give away what is theirs or nobody's; a supervisor also what is somebody else's (domain.md 3). */
export function AssigneeMenu({ conversation, actions }: { conversation: ConversationShape; actions: Case }) {
  const t = useTranslations('conversation');
  const { shell, may } = useInbox();
  const { assignee, mailbox } = conversation;
  const me = shell.me.id;
  const face = assignee ? (
    <>
      <Avatar name={assignee.name} kind={assignee.id === me ? 'me' : 'staff'} />
      {assignee.name}
    </>
  ) : (
    <>
      <Avatar name="" kind="nobody" />
      {t('nobody')}
    </>
  );
  const foreign = assignee !== null && assignee.id !== me;
  if (!may(foreign ? 'conversation.reassign' : 'conversation.assign'))
    return <span className={classes.item}>{face}</span>;

  const others = (shell.assignable[mailbox.id] ?? []).filter((member) => member.id !== me);
  const mine = (shell.assignable[mailbox.id] ?? []).some((member) => member.id === me);
  const tick = (here: boolean) => (here ? <IconCheck size={14} aria-hidden /> : null);
  return (
    <Menu>
      <Menu.Target>
        <button
          type="button"
          className={classes.item}
          aria-label={assignee ? t('assigneeNow', { name: assignee.name }) : t('assigneeNone')}
        >
          {face}
          <IconChevronDown className={classes.down} size={12} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('assignTo')}</Menu.Label>
        {mine ? (
          <Menu.Item
            leftSection={<Avatar name={shell.me.name} kind="me" />}
            rightSection={tick(assignee?.id === me)}
            onClick={() => void (assignee ? actions.assign({ id: me, name: shell.me.name }) : actions.claim())}
          >
            {t('myself', { name: shell.me.name })}
          </Menu.Item>
        ) : null}
        {others.map((member) => (
          <Menu.Item
            key={member.id}
            leftSection={<Avatar name={member.name} kind="staff" />}
            rightSection={tick(assignee?.id === member.id)}
            onClick={() => void actions.assign(member)}
          >
            {member.name}
          </Menu.Item>
        ))}
        {assignee ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<Avatar name="" kind="nobody" />} onClick={() => void actions.assign(null)}>
              {t('unassign')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
