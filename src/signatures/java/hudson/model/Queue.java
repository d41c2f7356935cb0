package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Queue extends hudson.model.ResourceController {
    public boolean cancel(hudson.model.Queue.Item item) {
        throw new UnsupportedOperationException();
    }

    public static hudson.model.Queue getInstance() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Queue.Item getItem(long id) {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Queue.Item[] getItems() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.Queue.Item> getItems(hudson.model.Queue.Task t) {
        throw new UnsupportedOperationException();
    }

    public hudson.model.queue.ScheduleResult schedule2(
            hudson.model.Queue.Task p, int quietPeriod, java.util.List<hudson.model.Action> actions) {
        throw new UnsupportedOperationException();
    }

    public void maintain() {
        throw new UnsupportedOperationException();
    }

    public static void withLock(Runnable runnable) {
        throw new UnsupportedOperationException();
    }

    private Queue() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public interface Executable {}

    /** See the class around it. */
    public interface FlyweightTask extends hudson.model.Queue.Task {}

    /** See the class around it. */
    public abstract static class Item extends hudson.model.Actionable implements jenkins.model.queue.QueueItem {
        public final hudson.model.Queue.Task task = absent();

        private static <A> A absent() {
            throw new UnsupportedOperationException();
        }

        protected Item(hudson.model.Queue.Item item) {
            throw new UnsupportedOperationException();
        }

        public final String getWhy() {
            throw new UnsupportedOperationException();
        }

        public long getId() {
            throw new UnsupportedOperationException();
        }
    }

    /** See the class around it. */
    public static final class LeftItem extends hudson.model.Queue.Item {
        public boolean isCancelled() {
            throw new UnsupportedOperationException();
        }

        private LeftItem() {
            super(null);
            throw new UnsupportedOperationException();
        }
    }

    /** See the class around it. */
    public interface QueueAction extends hudson.model.Action {
        boolean shouldSchedule(java.util.List<hudson.model.Action> actions);
    }

    /** See the class around it. */
    public abstract static class QueueDecisionHandler {
        public QueueDecisionHandler() {
            throw new UnsupportedOperationException();
        }

        public abstract boolean shouldSchedule(hudson.model.Queue.Task p, java.util.List<hudson.model.Action> actions);
    }

    /** See the class around it. */
    public interface Task extends hudson.model.ModelObject, hudson.model.queue.SubTask {}

    /** See the class around it. */
    public static final class WaitingItem extends hudson.model.Queue.Item
            implements Comparable<hudson.model.Queue.WaitingItem> {
        public int compareTo(hudson.model.Queue.WaitingItem that) {
            throw new UnsupportedOperationException();
        }

        private WaitingItem() {
            super(null);
            throw new UnsupportedOperationException();
        }
    }
}
