import { phrases, type PhraseTable } from './phrases.ts';

/** What words of a language say a commit did. */
interface Vocabulary {
  readonly fix: string;
  readonly feature: string;
  /** Objects that are not the product's behaviour. */
  readonly notCode: string;
  /** Work that neither mends nor adds, where it comes first. */
  readonly other: string;
  /** Its verbs come last, as in Turkish, so the last word that says something decides. */
  readonly isVerbLast?: true;
}

/** Languages that divide words by spaces; the words of `phrases`. */
const SPACED: readonly Vocabulary[] = [
  // German
  {
    fix: 'behebt, behebe, behoben, beheben, behebung, korrigier*, korrektur, korrekturen, repariert, repariere, fehlerbehebung, gefixt, fixt, verhindert, verhindere, vermeidet, vermeide, gelöst, berichtigt, fehlerkorrektur',
    feature:
      'füge, fügt, hinzugefügt, hinzufügen, ergänzt, ergänze, implementiert, implementiere, unterstützt, unterstützung, ermöglicht, ermögliche, erlaubt, eingeführt, neue, neuer, neues, erstellt',
    notCode:
      'dokumentation, doku, tests, unittests, kommentar*, tippfehler, rechtschreib*, schreibfehler, formatierung, abhängigkeit*, konflikt*, merge*, warnung*, kompilier*, typen, übersetzung*, liesmich',
    other:
      'aktualisier*, entfern*, verbesser*, umbenannt, benennt, verschob*, verschieb*, aufgeräumt, räumt, refaktor*, vereinfach*, änder*, geändert, ersetz*, macht',
  },
  // Spanish
  {
    fix: 'corrige, corregir, corregid*, corrigiendo, corrección, correcciones, corregí, arregla, arreglar, arreglad*, arreglo, arreglos, soluciona, solucionar, solucionad*, solventa, solventad*, resuelve, resuelto, repara, reparar, reparad*, evita, evitar, previene, impide',
    feature:
      'añade, añadir, añadid*, añadí, añadiendo, agrega, agregar, agregad*, agregué, implementa, implementar, implementad*, incorpora, permite, permitir, soporta, soporte, nueva, nuevo, crea, crear, cread*, habilita',
    notCode:
      'documentación, pruebas, tests, test, comentario*, ortograf*, ortográf*, errata, erratas, formato, traducci*, estilo, dependencia*, conflicto*, advertencia*, compilación, tipos, tipado, léame',
    other:
      'actualiz*, elimin*, mejor*, refactoriz*, muev*, renombr*, cambi*, limpi*, reviert*, fusion*, simplific*, quit*',
  },
  // Portuguese
  {
    fix: 'corrige, corrigir, corrigid*, corrigindo, correção, correções, corrigi, conserta, consertar, consertad*, conserto, arruma, arrumar, arrumad*, soluciona, solucionad*, resolve, resolvid*, evita, evitar, previne, impede',
    feature:
      'adiciona, adicionar, adicionad*, adicionando, adicionei, acrescenta, acrescentad*, inclui, incluíd*, implementa, implementar, implementad*, suporta, suporte, permite, permitir, nova, novo, cria, criar, criad*, introduz, habilita',
    notCode:
      'documentação, testes, teste, comentário*, ortografia, ortográf*, formatação, tradução, traduções, dependência*, conflito*, aviso*, compilação, tipos, tipagem, leiame',
    other:
      'atualiz*, remov*, melhor*, refator*, move*, renomei*, alter*, limp*, revert*, mud*, simplific*',
  },
  // French
  {
    fix: "corrige, corriger, corrigé*, correction/corrections du/de/des/d'*, correctif, correctifs, répare, réparer, réparé*, résout, résoudre, résolu*, évite, éviter, empêche, empêcher, fixe, rectifie, rectification",
    feature:
      'ajoute, ajouter, ajouté*, ajout, ajouts, implémente, implémenter, implémenté*, implémentation, prend en charge, prise en charge, permet, permettre, introduit, nouvelle, nouveau, crée, créer, création, gère',
    notCode:
      'documentation, doc, tests, test, commentaire*, orthographe, coquille*, faute de frappe, fautes de frappe, formatage, dépendance*, conflit*, avertissement*, compilation, types, typage, traduction*',
    other:
      'met à jour, mise à jour, supprim*, suppression, amélior*, refactoris*, refonte, déplac*, renomm*, chang*, nettoi*, nettoy*, annul*, simplifi*, modifi*',
  },
  // Italian
  {
    fix: 'corregge, correggi, correggere, corrett*, correzione, correzioni, ripara, riparat*, risolve, risolvi, risolt*, risolvere, sistema, sistemat*, evita, evitat*, previene, impedisce',
    feature:
      'aggiunge, aggiungi, aggiungere, aggiunt*, implementa, implementato, implementata, implementati, implementate, supporto, supporta, permette, consente, nuova, nuovo, crea, creato, creata, creati, introdott*, abilita',
    notCode:
      'documentazione, test, tests, commenti, commento, ortograf*, refuso, refusi, formattazione, traduzion*, dipendenz*, conflitt*, avvisi, compilazione, tipi, leggimi',
    other:
      'aggiorna*, rimuov*, rimoss*, migliora*, miglior*, sposta*, rinomina*, cambia*, puli*, ripristina*, semplifica*, modifica*',
  },
  // Polish
  {
    fix: 'napraw*, popraw*, poprawka, zapobieg*, rozwiąz*, usunięto błąd',
    feature:
      'dodaj, dodano, dodaje, dodał*, dodanie, doda*, wprowadz*, zaimplement*, obsługa, obsługę, umożliwi*, pozwala, nowy, nowa, nowe, wsparcie, utwórz, utworz*, stwórz, stworz*',
    notCode:
      'dokumentac*, test, testy, testów, komentarz*, literówk*, formatowan*, zależnoś*, konflikt*, ostrzeże*, kompilac*, typów, typy, tłumacze*',
    other:
      'aktualiz*, zaktualiz*, usuń, usuni*, usuw*, ulepsz*, przenie*, przenoś*, zmien*, zmian*, refaktor*, cofni*, uprość*, uproszcz*',
  },
  // Turkish
  {
    fix: 'düzelt*, gider*, onar*, çöz*, önle*',
    feature: 'ekle*, destekle*, desteği, oluştur*',
    notCode:
      'belge*, dokümantasyon*, doküman*, test*, yorum*, yazım, biçim*, bağımlılık*, çakışma*, uyarı*, derleme*',
    other: 'güncelle*, kaldır*, sil*, iyileştir*, taşı*, değiştir*, yeniden',
    isVerbLast: true,
  },
  // Russian
  {
    fix: 'исправ*, почин*, пофикс*, фикс*, устран*, поправ*, предотвра*, решен*, багфикс*, хотфикс*, баг, бага, баги',
    feature:
      'добав*, реализ*, внедр*, поддержк*, поддержив*, новый, новая, новое, новые, созда*, введ*, разреш*, теперь можно',
    notCode:
      'документац*, тест, тесты, тестов, комментари*, опечат*, форматирован*, зависимост*, конфликт*, предупрежден*, компиляц*, сборк*, типов, перевод*, стил*, ридми',
    other:
      'обнов*, удал*, улучш*, рефактор*, перемест*, перенес*, переимен*, измен*, убра*, откат*, слия*, упро*, замен*',
  },
  // Ukrainian
  {
    fix: 'виправ*, полагод*, усун*, пофікс*',
    feature: 'дода*, реаліз*, підтрим*, новий, нова, нове, нові, створ*',
    notCode:
      'документац*, тест, тести, тестів, коментар*, одрук*, форматуван*, залежност*, конфлікт*, попереджен*',
    other: 'онов*, видал*, покращ*, рефактор*, переймен*, перенес*, змін*, прибра*',
  },
  // Czech and Slovak
  {
    fix: 'oprav*',
    feature: 'přid*, prid*, nový, nová, nové, podpor*',
    notCode:
      'dokumentac*, dokumentác*, test, testy, testů, testov, komentář*, překlep*, preklep*, formátov*, závislost*, konflikt*, varován*',
    other:
      'aktualiz*, odstran*, odstrán*, zlepš*, přesun*, presun*, přejmen*, premen*, změn*, zmen*, refaktor*',
  },
  // Dutch
  {
    fix: 'herstel*, repareer*, gerepareerd, opgelost, verhelp*, verholpen, voorkom*, corrigeer*, gecorrigeerd',
    feature:
      'voeg, voegt, toegevoegd, toevoegen, ondersteun*, nieuwe, nieuw, geïmplementeerd, implementeer*',
    notCode:
      'documentatie, tests, testen, commentaar, typefout*, spelfout*, opmaak, afhankelijkhe*, conflict*, waarschuwing*',
    other:
      'werk, bijgewerkt, verwijder*, verbeter*, verplaats*, hernoem*, wijzig*, gewijzigd, opgeschoond',
  },
  // Swedish, Danish and Norwegian
  {
    fix: 'fixa, fixar, fixade, fixat, åtgärda*, rätta*, rättar, rett, retter, rettet, ret, fiks, fikset, fikser',
    feature:
      'lägg till, lägger till, lade till, lagt till, tillagd, tilføj*, legg til, legger til, la til, lagt til, ny, nya, nye, stöd, støtte',
    notCode:
      'dokumentation, dokumentasjon, tester, test, kommentar*, stavfel, skrivfel, stavefejl, skrivefeil, beroende*, afhængighed*, avhengighet*, konflikt*, varning*, advarsel*',
    other:
      'uppdater*, opdater*, oppdater*, ta bort, tog bort, fjern*, förbättra*, forbedr*, flytta*, flytt*, byt*, ändra*, ændr*, endre*',
  },
  // Vietnamese
  {
    fix: 'sửa, khắc phục, vá',
    feature: 'thêm, hỗ trợ, bổ sung',
    notCode: 'tài liệu, kiểm thử, chú thích, chính tả, test, xung đột, cảnh báo',
    other: 'cập nhật, xóa, xoá, cải thiện, đổi, di chuyển, gộp',
  },
  // Indonesian and Malay
  {
    fix: 'perbaiki, perbaikan, memperbaiki, diperbaiki, betulkan, membetulkan, atasi, mengatasi',
    feature: 'tambah, tambahkan, menambah*, ditambah*, penambahan, dukungan, mendukung, sokongan',
    notCode:
      'dokumentasi, tes, pengujian, komentar, ejaan, salah ketik, dependensi, konflik, peringatan',
    other: 'perbarui, memperbarui, hapus, menghapus, ubah, mengubah, tingkatkan, pindah*, kemas',
  },
];

/** Languages that write words without spaces between them, or glue endings to them. */
const UNSPACED: readonly (Vocabulary & { readonly script: RegExp })[] = [
  {
    script: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
    fix: '修正, 直す, 直し, 直した, 不具合, バグ, 対処, 防ぐ, 防止, 解消, 回避, 落ちないように',
    feature: '追加, 実装, 対応, 導入, 新機能, できるように, 新規, サポート',
    notCode:
      'ドキュメント, 文書, テスト, コメント, 誤字, 脱字, タイポ, 警告, 型定義, 型エラー, 型を, 依存, リファクタ, 整形, フォーマット, コンフリクト, 競合, ビルド, README, 表記ゆれ, 文言',
    other: '更新, 削除, 改善, 変更, 整理, リリース, マージ, 取り消し, 元に戻す, 移動, リネーム',
    isVerbLast: true,
  },
  {
    script: /\p{Script=Hangul}/u,
    fix: '수정, 버그, 고침, 고쳤, 해결, 방지, 바로잡, 오류',
    feature: '추가, 구현, 지원, 도입, 신규, 가능하도록, 가능하게',
    notCode:
      '문서, 테스트, 주석, 오타, 경고, 의존성, 리팩토링, 리팩터링, 포맷, 서식, 충돌, 빌드, 타입, README, 리드미, 문구',
    other: '삭제, 제거, 개선, 업데이트, 변경, 되돌, 병합, 릴리스, 이동, 정리',
    isVerbLast: true,
  },
  {
    script: /\p{Script=Han}/u,
    fix: '修复, 修復, 修正, 修补, 修補, 解决, 解決, 纠正, 糾正, 更正, 避免, 防止, 热修, 修掉, 修bug, 修 bug, 改正, 处理异常, 不具合, 修改bug, 修改 bug, 修改错误',
    feature:
      '新增, 添加, 增加, 加入, 支持, 支援, 实现, 實現, 引入, 允许, 允許, 新功能, 提供, 加上, 接入, 追加, 実装, 対応, 新規',
    notCode:
      '文档, 文檔, 文件說明, 测试, 測試, 注释, 註解, 註釋, 拼写, 拼寫, 错别字, 錯字, 格式化, 代码格式, 代码风格, 说明, 依赖, 依賴, 版本号, 警告, 编译, 編譯, 冲突, 衝突, 合并, 合併, 文案, 类型定义, 类型声明, 类型标注, 变更日志, 更新日志, readme',
    other:
      '更新, 优化, 優化, 重构, 重構, 删除, 刪除, 移除, 升级, 升級, 调整, 調整, 发布, 發布, 回滚, 撤销, 还原, 還原, 修改, 变更, 变动, 整理, 清理, 重命名',
  },
  {
    script: /\p{Script=Arabic}/u,
    fix: 'إصلاح, تصحيح, اصلاح, معالجة, رفع اشکال',
    feature: 'إضافة, اضافة, دعم, افزودن, اضافه',
    notCode: 'التوثيق, توثيق, اختبار, تعليق, تست, مستندات',
    other: 'تحديث, حذف, إزالة, تحسين, بروزرسانی',
  },
  {
    script: /\p{Script=Hebrew}/u,
    fix: 'תיקון, תוקן, תיקנתי',
    feature: 'הוספה, הוספת, נוסף, תמיכה',
    notCode: 'תיעוד, בדיקות, הערות',
    other: 'עדכון, מחיקה, הסרה, שיפור',
  },
  {
    script: /\p{Script=Thai}/u,
    fix: 'แก้ไข, แก้บั๊ก, แก้ปัญหา',
    feature: 'เพิ่ม, รองรับ',
    notCode: 'เอกสาร, ทดสอบ, คอมเมนต์',
    other: 'อัปเดต, ลบ, ปรับปรุง',
  },
  {
    script: /\p{Script=Greek}/u,
    fix: 'διόρθωσ, επιδιόρθωσ, διορθώ',
    feature: 'προσθήκ, προσθέ, υποστήριξ',
    notCode: 'τεκμηρίωσ, δοκιμ, σχόλι',
    other: 'ενημέρωσ, αφαίρεσ, βελτίωσ',
  },
  {
    script: /\p{Script=Devanagari}/u,
    fix: 'ठीक, सुधार',
    feature: 'जोड़, समर्थन',
    notCode: 'दस्तावेज़, परीक्षण',
    other: 'अपडेट, हटा',
  },
];

/** Words of a language that divides them, by what they say. */
export interface SpacedLanguage extends Record<
  'fix' | 'feature' | 'notCode' | 'other',
  PhraseTable
> {
  readonly isVerbLast: boolean;
}

/** The same as pieces of text, for languages without spaces. */
export interface UnspacedLanguage extends Record<
  'fix' | 'feature' | 'notCode' | 'other',
  readonly string[]
> {
  readonly script: RegExp;
  readonly isVerbLast: boolean;
}

export const SPACED_LANGUAGES: readonly SpacedLanguage[] = SPACED.map((language) => ({
  fix: phrases(language.fix),
  feature: phrases(language.feature),
  notCode: phrases(language.notCode),
  other: phrases(language.other),
  isVerbLast: language.isVerbLast === true,
}));

/** Japanese before Chinese, whose letters it uses as well. */
export const UNSPACED_LANGUAGES: readonly UnspacedLanguage[] = UNSPACED.map((language) => ({
  script: language.script,
  fix: language.fix.split(', '),
  feature: language.feature.split(', '),
  notCode: language.notCode.split(', '),
  other: language.other.split(', '),
  isVerbLast: language.isVerbLast === true,
}));
