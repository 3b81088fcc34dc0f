/** In a data folder, whatever store holds the log. May be deleted at any time. */
export const STATE_FILE = "state.kept";
