import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { UploadProgress } from '../../desktop/index.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** Sends a billing file to the portal, from disk by way of the main process. It is called off when the page is left. */
export function useUpload() {
  const office = useOfficeStore();
  const fileName = shallowRef('');
  const progress = shallowRef<UploadProgress | null>(null);
  const isCancelling = ref(false);

  const { run, busy, problem } = useTask(async (file: File) => {
    fileName.value = file.name;
    progress.value = null;
    isCancelling.value = false;
    return unwrap(await desktop().office.uploadBillingFile(file, office.managerId));
  });

  function cancel(): void {
    isCancelling.value = true;
    void desktop().office.cancelUpload();
  }

  const isUnderWay = computed(() => busy.value && !isCancelling.value);

  const deafen = desktop().office.onUploadProgress((given) => {
    if (busy.value) progress.value = given;
  });
  onScopeDispose(() => {
    deafen();
    if (isUnderWay.value) cancel();
  });

  return { upload: run, cancel, busy, isUnderWay, isCancelling, problem, fileName, progress };
}
