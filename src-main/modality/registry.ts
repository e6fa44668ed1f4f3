/** What a kind of design must offer; one file and one line here a modality. */
export {}
