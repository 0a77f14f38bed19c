<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActivityWords</name>
    <message numerus="yes">
        <source>Summing up %Ln document(s)</source>
        <translation>
            <numerusform>Summing up %Ln document</numerusform>
            <numerusform>Summing up %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading {done} of %Ln document(s)</source>
        <translation>
            <numerusform>Reading {done} of %Ln document</numerusform>
            <numerusform>Reading {done} of %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <translation>
            <numerusform>%Ln under way</numerusform>
            <numerusform>%Ln under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln document(s)</source>
        <translation>
            <numerusform>{done} of %Ln document</numerusform>
            <numerusform>{done} of %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln page(s)</source>
        <translation>
            <numerusform>{done} of %Ln page</numerusform>
            <numerusform>{done} of %Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln part(s)</source>
        <translation>
            <numerusform>{done} of %Ln part</numerusform>
            <numerusform>{done} of %Ln parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln passage(s)</source>
        <translation>
            <numerusform>{done} of %Ln passage</numerusform>
            <numerusform>{done} of %Ln passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>found in %Ln document(s)</source>
        <translation>
            <numerusform>found in %Ln document</numerusform>
            <numerusform>found in %Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AllDocumentsRow</name>
    <message numerus="yes">
        <source>All documents: %Ln</source>
        <translation>
            <numerusform>All documents: %Ln</numerusform>
            <numerusform>All documents: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionsWindow</name>
    <message numerus="yes">
        <source>%Ln connection(s) so far</source>
        <translation>
            <numerusform>%Ln connection so far</numerusform>
            <numerusform>%Ln connections so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CountedWords</name>
    <message numerus="yes">
        <source>%Ln s left</source>
        <translation>
            <numerusform>%Ln s left</numerusform>
            <numerusform>%Ln s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln min left</source>
        <translation>
            <numerusform>%Ln min left</numerusform>
            <numerusform>%Ln min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln h left</source>
        <translation>
            <numerusform>%Ln h left</numerusform>
            <numerusform>%Ln h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln core(s)</source>
        <translation>
            <numerusform>%Ln core</numerusform>
            <numerusform>%Ln cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) not read yet</source>
        <translation>
            <numerusform>%Ln page not read yet</numerusform>
            <numerusform>%Ln pages not read yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailWords</name>
    <message numerus="yes">
        <source>{supported} of %Ln sentence(s)</source>
        <translation>
            <numerusform>{supported} of %Ln sentence</numerusform>
            <numerusform>{supported} of %Ln sentences</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln part</numerusform>
            <numerusform>%Ln parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them before</source>
        <translation>
            <numerusform>%Ln of them before</numerusform>
            <numerusform>%Ln of them before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sentence(s) of the model</source>
        <translation>
            <numerusform>%Ln sentence of the model</numerusform>
            <numerusform>%Ln sentences of the model</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{checked} of %Ln document(s)</source>
        <translation>
            <numerusform>{checked} of %Ln document</numerusform>
            <numerusform>{checked} of %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept from before</source>
        <translation>
            <numerusform>%Ln kept from before</numerusform>
            <numerusform>%Ln kept from before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message numerus="yes">
        <source>%Ln read by OCR</source>
        <translation>
            <numerusform>%Ln read by OCR</numerusform>
            <numerusform>%Ln read by OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EarlierTurns</name>
    <message numerus="yes">
        <source>Show %Ln earlier question(s)</source>
        <translation>
            <numerusform>Show %Ln earlier question</numerusform>
            <numerusform>Show %Ln earlier questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EstimateWords</name>
    <message numerus="yes">
        <source>about %Ln s</source>
        <translation>
            <numerusform>about %Ln s</numerusform>
            <numerusform>about %Ln s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>about %Ln min</numerusform>
            <numerusform>about %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>about %Ln h</numerusform>
            <numerusform>about %Ln h</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceStrip</name>
    <message numerus="yes">
        <source>%Ln more passage(s)</source>
        <translation>
            <numerusform>%Ln more passage</numerusform>
            <numerusform>%Ln more passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindView</name>
    <message numerus="yes">
        <source>%Ln other document(s)</source>
        <translation>
            <numerusform>%Ln other document</numerusform>
            <numerusform>%Ln other documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more document(s)</source>
        <translation>
            <numerusform>Show %Ln more document</numerusform>
            <numerusform>Show %Ln more documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindWords</name>
    <message numerus="yes">
        <source>Found in %Ln document(s)</source>
        <translation>
            <numerusform>Found in %Ln document</numerusform>
            <numerusform>Found in %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln page waiting for OCR</numerusform>
            <numerusform>%Ln pages waiting for OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that could not be read</source>
        <translation>
            <numerusform>%Ln page that could not be read</numerusform>
            <numerusform>%Ln pages that could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that were left unread</source>
        <translation>
            <numerusform>%Ln page that was left unread</numerusform>
            <numerusform>%Ln pages that were left unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message numerus="yes">
        <source>watched, %Ln document(s)</source>
        <translation>
            <numerusform>watched, %Ln document</numerusform>
            <numerusform>watched, %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Watched folders: %Ln</source>
        <translation>
            <numerusform>Watched folders: %Ln</numerusform>
            <numerusform>Watched folders: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IndexingLine</name>
    <message numerus="yes">
        <source>Paused · %Ln document(s) left</source>
        <translation>
            <numerusform>Paused · %Ln document left</numerusform>
            <numerusform>Paused · %Ln documents left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %Ln document(s)</source>
        <translation>
            <numerusform>Reading %Ln document</numerusform>
            <numerusform>Reading %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s)</source>
        <translation>
            <numerusform>%Ln scanned page</numerusform>
            <numerusform>%Ln scanned pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln scanned page waiting for OCR</numerusform>
            <numerusform>%Ln scanned pages waiting for OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepingRow</name>
    <message numerus="yes">
        <source>It holds %Ln document(s).</source>
        <translation>
            <numerusform>It holds %Ln document.</numerusform>
            <numerusform>It holds %Ln documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are not where they were: add the folders that hold them now.</source>
        <translation>
            <numerusform>%Ln file is not where it was: add the folder that holds it now.</numerusform>
            <numerusform>%Ln files are not where they were: add the folders that hold them now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryNotice</name>
    <message numerus="yes">
        <source>{names} and %Ln more</source>
        <translation>
            <numerusform>{names} and %Ln more</numerusform>
            <numerusform>{names} and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out</source>
        <translation>
            <numerusform>%Ln file was left out</numerusform>
            <numerusform>%Ln files were left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfflineChip</name>
    <message numerus="yes">
        <source>Offline · %Ln connection(s)</source>
        <translation>
            <numerusform>Offline · %Ln connection</numerusform>
            <numerusform>Offline · %Ln connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceCount</name>
    <message numerus="yes">
        <source>%Ln slide(s)</source>
        <translation>
            <numerusform>%Ln slide</numerusform>
            <numerusform>%Ln slides</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sheet(s)</source>
        <translation>
            <numerusform>%Ln sheet</numerusform>
            <numerusform>%Ln sheets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapter(s)</source>
        <translation>
            <numerusform>%Ln chapter</numerusform>
            <numerusform>%Ln chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln part</numerusform>
            <numerusform>%Ln parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Removing</name>
    <message numerus="yes">
        <source>%Ln document(s) removed from Phial (the files stay)</source>
        <translation>
            <numerusform>%Ln document removed from Phial (the files stay)</numerusform>
            <numerusform>%Ln documents removed from Phial (the files stay)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) were left unread</source>
        <translation>
            <numerusform>%Ln scanned page was left unread</numerusform>
            <numerusform>%Ln scanned pages were left unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) that had not been read were left out (the files stay)</source>
        <translation>
            <numerusform>%Ln document that had not been read was left out (the file stays)</numerusform>
            <numerusform>%Ln documents that had not been read were left out (the files stay)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StripWords</name>
    <message numerus="yes">
        <source>%Ln page(s) of text</source>
        <translation>
            <numerusform>%Ln page of text</numerusform>
            <numerusform>%Ln pages of text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with text</source>
        <translation>
            <numerusform>%Ln with text</numerusform>
            <numerusform>%Ln with text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by OCR</source>
        <translation>
            <numerusform>%Ln by OCR</numerusform>
            <numerusform>%Ln by OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for OCR</source>
        <translation>
            <numerusform>%Ln waiting for OCR</numerusform>
            <numerusform>%Ln waiting for OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln empty</source>
        <translation>
            <numerusform>%Ln empty</numerusform>
            <numerusform>%Ln empty</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left unread</source>
        <translation>
            <numerusform>%Ln left unread</numerusform>
            <numerusform>%Ln left unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryWords</name>
    <message numerus="yes">
        <source>%Ln document(s) looked at from the first page to the last</source>
        <translation>
            <numerusform>%Ln document looked at from the first page to the last</numerusform>
            <numerusform>%Ln documents looked at from the first page to the last</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) without text yet</source>
        <translation>
            <numerusform>%Ln page without text yet</numerusform>
            <numerusform>%Ln pages without text yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsupported sentence(s) left out</source>
        <translation>
            <numerusform>%Ln unsupported sentence left out</numerusform>
            <numerusform>%Ln unsupported sentences left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupportLegend</name>
    <message numerus="yes">
        <source>%Ln sentence(s) marked so: nothing in the passages says the same. Check before you rely on it.</source>
        <translation>
            <numerusform>%Ln sentence marked so: nothing in the passages says the same. Check before you rely on it.</numerusform>
            <numerusform>%Ln sentences marked so: nothing in the passages says the same. Check before you rely on them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message numerus="yes">
        <source>%Ln passage(s) found</source>
        <translation>
            <numerusform>%Ln passage found</numerusform>
            <numerusform>%Ln passages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passage</numerusform>
            <numerusform>%Ln passages</numerusform>
        </translation>
    </message>
</context>
</TS>
